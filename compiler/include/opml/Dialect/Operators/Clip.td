#ifndef OPML_DIALECT_OPERATORS_CLIP_TD
#define OPML_DIALECT_OPERATORS_CLIP_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ClipOp : Opml_ComputeOperator<"Clip", [Opml_Elementwise, AttrSizedOperandSegments],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<11, "boundsToOperands">, Since<12>, Since<13>]> {
  let summary = "each element limited to a range";
  let description = [{
    Y = minimum(maximum(X, min), max) as in Max and Min; so the result is max where min is
    greater. A bound that is not given does not limit. Before version 11 the bounds are
    attributes, here `lower` and `upper`.

    C1. min and max have X's element type and rank 0.
    C2. lower and upper are given only for float32, and not beside min and max.
  }];
  let arguments = (ins Opml_ArithmeticTensor:$input,
                       Optional<Opml_ArithmeticTensor>:$min,
                       Optional<Opml_ArithmeticTensor>:$max,
                       Opml_BoundAttr:$lower,
                       Opml_BoundAttr:$upper);
  let results = (outs Opml_ArithmeticTensor:$output);
}

#endif // OPML_DIALECT_OPERATORS_CLIP_TD
