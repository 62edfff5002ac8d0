#ifndef OPML_DIALECT_OPERATORS_COS_TD
#define OPML_DIALECT_OPERATORS_COS_TD

include "opml/Dialect/OpmlBase.td"

def Opml_CosOp : Opml_ElementwiseOperator<"Cos", [], [Since<7>, Since<22>]> {
  let summary = "cosine of each element";
  let description = [{
    Y = cos(X) in radians, at most one unit in the last place from the correctly
    rounded result (docs/numerics.md).
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_COS_TD
