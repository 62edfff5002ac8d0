#ifndef OPML_DIALECT_OPERATORS_LESSOREQUAL_TD
#define OPML_DIALECT_OPERATORS_LESSOREQUAL_TD

include "opml/Dialect/OpmlBase.td"

def Opml_LessOrEqualOp : Opml_PredicateOperator<"LessOrEqual", [], [Since<12>, Since<16>]> {
  let summary = "elementwise A <= B with NumPy broadcasting";
  let description = [{
    C = (A <= B): false where one of them is a NaN; -0 and +0 are equal.

    C1. A and B have the same element type.
    C2. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_ArithmeticTensor:$A, Opml_ArithmeticTensor:$B);
  let results = (outs Opml_BoolTensor:$C);
}

#endif // OPML_DIALECT_OPERATORS_LESSOREQUAL_TD
