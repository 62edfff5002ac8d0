#ifndef OPML_DIALECT_OPERATORS_SOFTPLUS_TD
#define OPML_DIALECT_OPERATORS_SOFTPLUS_TD

include "opml/Dialect/OpmlBase.td"

def Opml_SoftplusOp : Opml_ElementwiseOperator<"Softplus", [], [Since<1>, Since<22>]> {
  let summary = "log(1 + exp(x)) of each element";
  let description = [{
    Y = maximum(X, +0) + log(1 + exp(-|X|)), rounded after each operation.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_SOFTPLUS_TD
