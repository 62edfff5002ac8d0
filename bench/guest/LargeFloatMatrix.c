/* The same with 3 MiB of matrices, for opml-bench-replay: far more than 10^9
   steps. */

#define MATRIX_SIZE 512
#include "FloatMatrix.c"
