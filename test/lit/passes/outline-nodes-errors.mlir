// RUN: not opml-opt %s --opml-outline-nodes 2>&1 | FileCheck %s

// CHECK: error: there is no function @main with a body to cut into nodes
func.func @other() {
  return
}
