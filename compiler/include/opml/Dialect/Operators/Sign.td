#ifndef OPML_DIALECT_OPERATORS_SIGN_TD
#define OPML_DIALECT_OPERATORS_SIGN_TD

include "opml/Dialect/OpmlBase.td"

def Opml_SignOp : Opml_ElementwiseOperator<"Sign", [], [Since<9>, Since<13>]> {
  let summary = "-1, 0 or 1: the sign of each element";
  let description = [{
    Y = 1 where X > 0, -1 where X < 0, 0 (+0) where X is zero; a NaN gives the canonical NaN.
  }];
  let arguments = (ins Opml_ArithmeticTensor:$X);
  let results = (outs Opml_ArithmeticTensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_SIGN_TD
