#ifndef OPML_DIALECT_OPERATORS_SELU_TD
#define OPML_DIALECT_OPERATORS_SELU_TD

include "opml/Dialect/OpmlBase.td"

def Opml_SeluOp : Opml_ElementwiseOperator<"Selu", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<22>]> {
  let summary = "gamma * x, or gamma * (alpha * exp(x) - alpha) where x is not positive";
  let description = [{
    Y = gamma * X where X > 0, else gamma * (alpha * exp(X) - alpha), rounded after each
    operation.
  }];
  let arguments = (ins Opml_Float32Tensor:$X,
                       DefaultValuedAttr<F32Attr, "1.67326319217681884765625f">:$alpha,
                       DefaultValuedAttr<F32Attr, "1.05070102214813232421875f">:$gamma);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_SELU_TD
