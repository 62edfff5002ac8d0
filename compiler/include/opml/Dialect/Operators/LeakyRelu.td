#ifndef OPML_DIALECT_OPERATORS_LEAKYRELU_TD
#define OPML_DIALECT_OPERATORS_LEAKYRELU_TD

include "opml/Dialect/OpmlBase.td"

def Opml_LeakyReluOp : Opml_ElementwiseOperator<"LeakyRelu", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<16>]> {
  let summary = "x, or alpha * x where x is negative";
  let description = [{
    Y = X where X is not less than 0, else alpha * X, rounded once.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, DefaultValuedAttr<F32Attr, "0.01f">:$alpha);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_LEAKYRELU_TD
