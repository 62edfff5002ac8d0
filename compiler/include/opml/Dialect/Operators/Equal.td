#ifndef OPML_DIALECT_OPERATORS_EQUAL_TD
#define OPML_DIALECT_OPERATORS_EQUAL_TD

include "opml/Dialect/OpmlBase.td"

def Opml_EqualOp : Opml_PredicateOperator<"Equal", [Commutative],
    [Since<1>, SinceShared<7, "toNumpyBroadcasting">, Since<11>, Since<13>, Since<19>]> {
  let summary = "elementwise A = B with NumPy broadcasting";
  let description = [{
    C = (A = B): false where one of them is a NaN; -0 and +0 are equal.

    C1. A and B have the same element type.
    C2. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_ComputedTensor:$A, Opml_ComputedTensor:$B);
  let results = (outs Opml_BoolTensor:$C);
  let limits = ["strings"];
}

#endif // OPML_DIALECT_OPERATORS_EQUAL_TD
