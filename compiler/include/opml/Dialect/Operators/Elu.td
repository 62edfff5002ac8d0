#ifndef OPML_DIALECT_OPERATORS_ELU_TD
#define OPML_DIALECT_OPERATORS_ELU_TD

include "opml/Dialect/OpmlBase.td"

def Opml_EluOp : Opml_ElementwiseOperator<"Elu", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<22>]> {
  let summary = "x, or alpha * (exp(x) - 1) where x is negative";
  let description = [{
    Y = X where X is not less than 0, else alpha * (exp(X) - 1), rounded after each operation.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, DefaultValuedAttr<F32Attr, "1.0f">:$alpha);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_ELU_TD
