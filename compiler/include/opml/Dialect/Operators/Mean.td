#ifndef OPML_DIALECT_OPERATORS_MEAN_TD
#define OPML_DIALECT_OPERATORS_MEAN_TD

include "opml/Dialect/OpmlBase.td"

def Opml_MeanOp : Opml_ElementwiseOperator<"Mean", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, SinceShared<8, "fromEqualShapes">, Since<13>]> {
  let summary = "elementwise mean of any number of tensors";
  let description = [{
    The operands' elements added from the first to the last, rounded after each.
    The sum is divided by their number.

    C1. There is at least one operand.
    C2. The shapes broadcast together, as in Add.
  }];
  let arguments = (ins Variadic<Opml_Float32Tensor>:$data);
  let results = (outs Opml_Float32Tensor:$mean);
}

#endif // OPML_DIALECT_OPERATORS_MEAN_TD
