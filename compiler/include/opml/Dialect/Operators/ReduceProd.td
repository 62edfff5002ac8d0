#ifndef OPML_DIALECT_OPERATORS_REDUCEPROD_TD
#define OPML_DIALECT_OPERATORS_REDUCEPROD_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ReduceProdOp : Opml_ReductionOperator<"ReduceProd",
    [Since<1>, Since<11>, Since<13>, SinceShared<18, "axesToInput">],
    Opml_MatMulTensor> {
  let summary = "product over given axes";
  let description = [{
    The elements in row-major order, multiplied with the product so far, from 1 on; rounded after each
    for float32, modulo 2^n for n-bit integers.


    `axes` is a constant; without it, or where it is empty, all dimensions are reduced, or none if
    noop_with_empty_axes is 1: then every element is taken by itself. With keepdims 0 the reduced
    dimensions are left out. Before version 18 the axes are an attribute,
    here `dimensions`.

    C1. axes are distinct dimensions of data, counted from the end where they are negative.
  }];
  let limits = ["axes that are computed from the inputs"];
}

#endif // OPML_DIALECT_OPERATORS_REDUCEPROD_TD
