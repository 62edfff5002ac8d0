#ifndef OPML_DIALECT_OPERATORS_MATMUL_TD
#define OPML_DIALECT_OPERATORS_MATMUL_TD

include "opml/Dialect/OpmlBase.td"

def Opml_MatMulOp : Opml_ComputeOperator<"MatMul", [Opml_Anchor], [Since<1>, Since<9>, Since<13>]> {
  let summary = "matrix product as numpy.matmul";
  let description = [{
    Y[…, i, j] = sum over k of A[…, i, k] * B[…, k, j]: for float32 a chain of fma in
    ascending k from +0, for integers modulo 2^n. The dimensions before the last two
    broadcast. A vector A is a row, a vector B a column, and that dimension is then dropped.

    C1. A and B have the same element type and at least rank 1.
    C2. The last dimension of A equals the last but one (of a vector: the only one) of B.
    C3. The dimensions before the last two broadcast as in Add.
  }];
  let arguments = (ins Opml_MatMulTensor:$A, Opml_MatMulTensor:$B);
  let results = (outs Opml_MatMulTensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_MATMUL_TD
