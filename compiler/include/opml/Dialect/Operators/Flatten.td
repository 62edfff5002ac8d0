#ifndef OPML_DIALECT_OPERATORS_FLATTEN_TD
#define OPML_DIALECT_OPERATORS_FLATTEN_TD

include "opml/Dialect/OpmlBase.td"

def Opml_FlattenOp : Opml_Operator<"Flatten", [Opml_DataMovement, Opml_View],
    [Since<1>, Since<9>, Since<11>, Since<13>, Since<21>, Since<23>, Since<24>, Since<25>]> {
  let summary = "a matrix of the dimensions before and from an axis";
  let description = [{
    C1. axis is in [-rank, rank]; a negative one counts from the back.
  }];
  let arguments = (ins Opml_Tensor:$input, DefaultValuedAttr<I64Attr, "1">:$axis);
  let results = (outs Opml_Tensor:$output);
}

#endif // OPML_DIALECT_OPERATORS_FLATTEN_TD
