#ifndef OPML_DIALECT_OPERATORS_POW_TD
#define OPML_DIALECT_OPERATORS_POW_TD

include "opml/Dialect/OpmlBase.td"

def Opml_PowOp : Opml_ComputeOperator<"Pow", [Opml_Elementwise],
    [Since<1>, SinceShared<7, "toNumpyBroadcasting">, Since<12>, Since<13>, Since<15>]> {
  let summary = "elementwise power with NumPy broadcasting";
  let description = [{
    Z = X to the power of Y, with the special cases of C's pow (docs/numerics.md). An integer
    exponent is first rounded to float32.

    C1. From the last dimension backwards the sizes are equal or one of them is 1 or absent.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, Opml_ArithmeticTensor:$Y);
  let results = (outs Opml_Float32Tensor:$Z);
  let limits = ["integer bases"];
}

#endif // OPML_DIALECT_OPERATORS_POW_TD
