#ifndef OPML_DIALECT_OPERATORS_CEIL_TD
#define OPML_DIALECT_OPERATORS_CEIL_TD

include "opml/Dialect/OpmlBase.td"

def Opml_CeilOp : Opml_ElementwiseOperator<"Ceil", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "each element rounded up to an integer";
  let description = [{
    Y is the least integral number not less than X; with the sign of X where it is 0.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_CEIL_TD
