#ifndef OPML_DIALECT_OPERATORS_RELU_TD
#define OPML_DIALECT_OPERATORS_RELU_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ReluOp : Opml_ElementwiseOperator<"Relu", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>, Since<14>]> {
  let summary = "max(x, 0) of each element";
  let description = [{
    Y = maximum(X, +0): a negative zero gives +0, a NaN gives the canonical NaN.
  }];
  let arguments = (ins Opml_SignedTensor:$X);
  let results = (outs Opml_SignedTensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_RELU_TD
