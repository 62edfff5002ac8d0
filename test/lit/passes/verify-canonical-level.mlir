// RUN: not opml-opt %s --opml-verify-canonical=level=scf 2>&1 | FileCheck %s

// CHECK: error: opml-verify-canonical has no level 'scf'
