#ifndef OPML_DIALECT_OPERATORS_MIN_TD
#define OPML_DIALECT_OPERATORS_MIN_TD

include "opml/Dialect/OpmlBase.td"

def Opml_MinOp : Opml_ElementwiseOperator<"Min", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, SinceShared<8, "fromEqualShapes">, Since<12>, Since<13>]> {
  let summary = "elementwise minimum of any number of tensors";
  let description = [{
    The minimum of the operands' elements, by IEEE 754-2019 for float32: -0 is less than +0, and
    a NaN gives the canonical NaN.

    C1. There is at least one operand, and all have the same element type.
    C2. The shapes broadcast together, as in Add.
  }];
  let arguments = (ins Variadic<Opml_ArithmeticTensor>:$data);
  let results = (outs Opml_ArithmeticTensor:$min);
}

#endif // OPML_DIALECT_OPERATORS_MIN_TD
