#ifndef OPML_DIALECT_OPERATORS_SIGMOID_TD
#define OPML_DIALECT_OPERATORS_SIGMOID_TD

include "opml/Dialect/OpmlBase.td"

def Opml_SigmoidOp : Opml_ElementwiseOperator<"Sigmoid", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "1 / (1 + exp(-x)) of each element";
  let description = [{
    Y = 1 / (1 + exp(-X)), at most one unit in the last place from the correctly
    rounded result (docs/numerics.md).
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_SIGMOID_TD
