#ifndef OPML_DIALECT_OPERATORS_PRELU_TD
#define OPML_DIALECT_OPERATORS_PRELU_TD

include "opml/Dialect/OpmlBase.td"

def Opml_PReluOp : Opml_ComputeOperator<"PRelu", [Opml_Elementwise],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<7, "slopesOfChannels">, Since<9>, Since<16>]> {
  let summary = "x, or slope * x where x is negative";
  let description = [{
    Y = X where X is not less than 0, else slope * X, rounded once.

    C1. slope broadcasts to the shape of X.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, Opml_Float32Tensor:$slope);
  let results = (outs Opml_Float32Tensor:$Y);
  let limits = ["integers"];
}

#endif // OPML_DIALECT_OPERATORS_PRELU_TD
