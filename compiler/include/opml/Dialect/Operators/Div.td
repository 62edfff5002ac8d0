#ifndef OPML_DIALECT_OPERATORS_DIV_TD
#define OPML_DIALECT_OPERATORS_DIV_TD

include "opml/Dialect/OpmlBase.td"

def Opml_DivOp : Opml_ElementwiseOperator<"Div", [],
    [Since<1>, Since<6>, SinceShared<7, "toNumpyBroadcasting">, Since<13>, Since<14>]> {
  let summary = "elementwise quotient with NumPy broadcasting";
  let description = [{
    C = A / B: for float32 rounded once, for integers toward zero; x / 0 is x, and
    INT_MIN / -1 is INT_MIN.

    C1. A and B have the same element type.
    C2. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_ArithmeticTensor:$A, Opml_ArithmeticTensor:$B);
  let results = (outs Opml_ArithmeticTensor:$C);
}

#endif // OPML_DIALECT_OPERATORS_DIV_TD
