#ifndef OPML_DIALECT_OPERATORS_ERF_TD
#define OPML_DIALECT_OPERATORS_ERF_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ErfOp : Opml_ElementwiseOperator<"Erf", [], [Since<9>, Since<13>]> {
  let summary = "error function of each element";
  let description = [{
    Y = erf(X), at most one unit in the last place from the correctly
    rounded result (docs/numerics.md).
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_ERF_TD
