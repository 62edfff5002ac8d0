#ifndef OPML_DIALECT_OPERATORS_AND_TD
#define OPML_DIALECT_OPERATORS_AND_TD

include "opml/Dialect/OpmlBase.td"

def Opml_AndOp : Opml_PredicateOperator<"And", [Commutative],
    [Since<1>, SinceShared<7, "toNumpyBroadcasting">]> {
  let summary = "elementwise logical and with NumPy broadcasting";
  let description = [{
    C = A and B.

    C1. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_BoolTensor:$A, Opml_BoolTensor:$B);
  let results = (outs Opml_BoolTensor:$C);
}

#endif // OPML_DIALECT_OPERATORS_AND_TD
