#ifndef OPML_DIALECT_OPERATORS_RECIPROCAL_TD
#define OPML_DIALECT_OPERATORS_RECIPROCAL_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ReciprocalOp : Opml_ElementwiseOperator<"Reciprocal", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "1 / x of each element";
  let description = [{
    Y = 1 / X, rounded once.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_RECIPROCAL_TD
