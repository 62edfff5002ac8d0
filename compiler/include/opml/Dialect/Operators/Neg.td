#ifndef OPML_DIALECT_OPERATORS_NEG_TD
#define OPML_DIALECT_OPERATORS_NEG_TD

include "opml/Dialect/OpmlBase.td"

def Opml_NegOp : Opml_ElementwiseOperator<"Neg", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "-x of each element";
  let description = [{
    Y = -X: of integers modulo 2^n; a NaN gives the canonical NaN.
  }];
  let arguments = (ins Opml_SignedTensor:$X);
  let results = (outs Opml_SignedTensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_NEG_TD
