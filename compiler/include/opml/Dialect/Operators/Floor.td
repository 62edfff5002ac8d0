#ifndef OPML_DIALECT_OPERATORS_FLOOR_TD
#define OPML_DIALECT_OPERATORS_FLOOR_TD

include "opml/Dialect/OpmlBase.td"

def Opml_FloorOp : Opml_ElementwiseOperator<"Floor", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "each element rounded down to an integer";
  let description = [{
    Y is the greatest integral number not greater than X; -0 gives -0.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_FLOOR_TD
