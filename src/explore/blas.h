/*
 * blas.h - the one narrow door to BLAS: scores of all films for one user or many.
 *
 * Row-major, single precision, on the calling thread alone: threads are ours to give
 * out. Sums may be taken in any order, so results differ in the last bits from machine
 * to machine; callers that need the same answer everywhere allow for it. Any thread.
 */
#ifndef MLT_EXPLORE_BLAS_H
#define MLT_EXPLORE_BLAS_H

#include <stddef.h>

/* y (n) += A (n, k) · x (k). */
void blas_matrix_vector(size_t n, size_t k, const float *A, const float *x, float *y);

/* C (m, n) += A (m, k) · Bᵀ, B (n, k). */
void blas_matrix_matrix(size_t m, size_t n, size_t k, const float *A, const float *B,
                        float *C);

#endif
