#ifndef OPML_DIALECT_OPERATORS_NOT_TD
#define OPML_DIALECT_OPERATORS_NOT_TD

include "opml/Dialect/OpmlBase.td"

def Opml_NotOp : Opml_PredicateOperator<"Not", [], [Since<1>]> {
  let summary = "elementwise logical negation";
  let description = [{
    Y = not X.
  }];
  let arguments = (ins Opml_BoolTensor:$X);
  let results = (outs Opml_BoolTensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_NOT_TD
