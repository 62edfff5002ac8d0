#ifndef OPML_DIALECT_OPERATORS_ROUND_TD
#define OPML_DIALECT_OPERATORS_ROUND_TD

include "opml/Dialect/OpmlBase.td"

def Opml_RoundOp : Opml_ElementwiseOperator<"Round", [], [Since<11>, Since<22>]> {
  let summary = "each element rounded to the nearest integer, ties to even";
  let description = [{
    Y is the integral number nearest to X, the even one of two; with the sign of X where
    it is 0.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_ROUND_TD
