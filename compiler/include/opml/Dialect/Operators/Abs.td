#ifndef OPML_DIALECT_OPERATORS_ABS_TD
#define OPML_DIALECT_OPERATORS_ABS_TD

include "opml/Dialect/OpmlBase.td"

def Opml_AbsOp : Opml_ElementwiseOperator<"Abs", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "|x| of each element";
  let description = [{
    Y = |X|: the least integer stays as it is; a NaN gives the canonical NaN.
  }];
  let arguments = (ins Opml_ArithmeticTensor:$X);
  let results = (outs Opml_ArithmeticTensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_ABS_TD
