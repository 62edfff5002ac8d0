#ifndef OPML_DIALECT_OPERATORS_WHERE_TD
#define OPML_DIALECT_OPERATORS_WHERE_TD

include "opml/Dialect/OpmlBase.td"

def Opml_WhereOp : Opml_ComputeOperator<"Where", [Opml_Elementwise], [Since<9>, Since<16>]> {
  let summary = "elements of one of two tensors, by a condition, with NumPy broadcasting";
  let description = [{
    output = X where condition, else Y. A NaN gives the canonical NaN.

    C1. X and Y have the same element type.
    C2. From the last dimension backwards the sizes of condition, X and Y are equal or some of
        them are 1 or absent.
  }];
  let arguments = (ins Opml_BoolTensor:$condition, Opml_ComputedTensor:$X, Opml_ComputedTensor:$Y);
  let results = (outs Opml_ComputedTensor:$output);
  let limits = ["float16, bfloat16 and double", "strings"];
}

#endif // OPML_DIALECT_OPERATORS_WHERE_TD
