#ifndef OPML_DIALECT_OPERATORS_SOFTSIGN_TD
#define OPML_DIALECT_OPERATORS_SOFTSIGN_TD

include "opml/Dialect/OpmlBase.td"

def Opml_SoftsignOp : Opml_ElementwiseOperator<"Softsign", [], [Since<1>, Since<22>]> {
  let summary = "x / (1 + |x|) of each element";
  let description = [{
    The sum and the quotient are each rounded; an infinity gives NaN.
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_SOFTSIGN_TD
