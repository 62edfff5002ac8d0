#ifndef OPML_DIALECT_OPERATORS_TRANSPOSE_TD
#define OPML_DIALECT_OPERATORS_TRANSPOSE_TD

include "opml/Dialect/OpmlBase.td"

def Opml_TransposeOp : Opml_ComputeOperator<"Transpose", [Opml_DataMovement],
    [Since<1>, Since<13>, Since<21>, Since<23>, Since<24>, Since<25>]> {
  let summary = "the same elements with the dimensions in another order";
  let description = [{
    Dimension i of `transposed` is dimension perm[i] of `data`; without perm the order is reversed.

    C1. perm, if given, is a permutation of 0 … rank - 1.
  }];
  let arguments = (ins Opml_ArithmeticTensor:$data, OptionalAttr<DenseI64ArrayAttr>:$perm);
  let results = (outs Opml_ArithmeticTensor:$transposed);
}

#endif // OPML_DIALECT_OPERATORS_TRANSPOSE_TD
