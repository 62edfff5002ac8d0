#ifndef OPML_DIALECT_OPERATORS_OR_TD
#define OPML_DIALECT_OPERATORS_OR_TD

include "opml/Dialect/OpmlBase.td"

def Opml_OrOp : Opml_PredicateOperator<"Or", [Commutative],
    [Since<1>, SinceShared<7, "toNumpyBroadcasting">]> {
  let summary = "elementwise logical or with NumPy broadcasting";
  let description = [{
    C = A or B.

    C1. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_BoolTensor:$A, Opml_BoolTensor:$B);
  let results = (outs Opml_BoolTensor:$C);
}

#endif // OPML_DIALECT_OPERATORS_OR_TD
