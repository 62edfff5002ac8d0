#ifndef OPML_DIALECT_OPERATORS_SIN_TD
#define OPML_DIALECT_OPERATORS_SIN_TD

include "opml/Dialect/OpmlBase.td"

def Opml_SinOp : Opml_ElementwiseOperator<"Sin", [], [Since<7>, Since<22>]> {
  let summary = "sine of each element";
  let description = [{
    Y = sin(X) in radians, at most one unit in the last place from the correctly
    rounded result (docs/numerics.md).
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_SIN_TD
