#ifndef OPML_DIALECT_OPERATORS_XOR_TD
#define OPML_DIALECT_OPERATORS_XOR_TD

include "opml/Dialect/OpmlBase.td"

def Opml_XorOp : Opml_PredicateOperator<"Xor", [Commutative],
    [Since<1>, SinceShared<7, "toNumpyBroadcasting">]> {
  let summary = "elementwise logical exclusive or with NumPy broadcasting";
  let description = [{
    C = A exclusive or B.

    C1. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_BoolTensor:$A, Opml_BoolTensor:$B);
  let results = (outs Opml_BoolTensor:$C);
}

#endif // OPML_DIALECT_OPERATORS_XOR_TD
