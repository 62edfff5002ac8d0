#ifndef OPML_DIALECT_OPERATORS_MUL_TD
#define OPML_DIALECT_OPERATORS_MUL_TD

include "opml/Dialect/OpmlBase.td"

def Opml_MulOp : Opml_ElementwiseOperator<"Mul", [Commutative],
    [Since<1>, Since<6>, SinceShared<7, "toNumpyBroadcasting">, Since<13>, Since<14>]> {
  let summary = "elementwise product with NumPy broadcasting";
  let description = [{
    C = A * B, rounded once for float32, modulo 2^n for n-bit integers.

    C1. A and B have the same element type.
    C2. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_ArithmeticTensor:$A, Opml_ArithmeticTensor:$B);
  let results = (outs Opml_ArithmeticTensor:$C);
}

#endif // OPML_DIALECT_OPERATORS_MUL_TD
