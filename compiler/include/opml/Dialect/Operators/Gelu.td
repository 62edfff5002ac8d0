#ifndef OPML_DIALECT_OPERATORS_GELU_TD
#define OPML_DIALECT_OPERATORS_GELU_TD

include "opml/Dialect/OpmlBase.td"

def Opml_GeluOp : Opml_ElementwiseOperator<"Gelu", [], [Since<20>]> {
  let summary = "Gaussian error linear unit of each element";
  let description = [{
    Y = (0.5 * X) * (1 + erf(X * binary32(sqrt(1/2)))), each operation rounded. With approximate
    "tanh": Y = (0.5 * X) * (1 + tanh(binary32(sqrt(2/pi)) * (X + binary32(0.044715) * ((X * X) * X)))).
    So -infinity gives a NaN.

    C1. approximate is none or tanh.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, DefaultValuedAttr<Opml_GeluAttr, "\"none\"">:$approximate);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_GELU_TD
