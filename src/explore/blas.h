/*
 * blas.h - the one narrow door to BLAS and LAPACK: scores of all films for one user or
 * many, principal directions, and the equations of a new user.
 *
 * Row-major, single precision unless it says double, on the calling thread alone:
 * threads are ours to give out. Sums may be taken in any order, so results differ in
 * the last bits from machine to machine; callers that need the same answer everywhere
 * allow for it. Any thread.
 */
#ifndef MLT_EXPLORE_BLAS_H
#define MLT_EXPLORE_BLAS_H

#include "src/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Make sure that so many threads can call what follows: OpenBLAS takes 128 MiB of
 * address space for each at its first call, and where it does not get them it tries
 * for ever. Cheap after the first time. ERR_NOMEM.
 */
ERR_MUST_CHECK enum err_code blas_prepare(unsigned n_threads, struct err *err);

/* y (n) += A (n, k) · x (k). */
void blas_matrix_vector(size_t n, size_t k, const float *A, const float *x, float *y);

/* C (m, n) += A (m, k) · Bᵀ, B (n, k). */
void blas_matrix_matrix(size_t m, size_t n, size_t k, const float *A, const float *B,
                        float *C);

/* y (n) += A (n, k) · x (k), double. */
void blas_matrix_vector_double(size_t n, size_t k, const double *A, const double *x,
                               double *y);

/* y (k) += Aᵀ · x, A (n, k), x (n), double. */
void blas_vector_matrix_double(size_t n, size_t k, const double *A, const double *x,
                               double *y);

/* C (k, k) += Aᵀ · A, A (n, k): its upper half, diagonal included. */
void blas_gram_add(size_t n, size_t k, const float *A, float *C);

/* C (k, k) = Aᵀ · A, A (n, k), double. */
void blas_gram(size_t n, size_t k, const double *A, double *C);

/* Replace a symmetric A (k, k) by its eigenvectors, one a row, of length 1 and with
 * either sign, by falling eigenvalue; these into ret_value (k). Double. ERR_NOMEM;
 * ERR_NUMERIC when the iteration does not converge, or not to finite
 * numbers. */
ERR_MUST_CHECK enum err_code blas_eigen(size_t k, double *A, double *ret_value,
                                        struct err *err);

/* Replace the upper half of a symmetric A (k, k) by its Cholesky factor; false when it
 * is not positive definite, or not finite. Double. */
ERR_MUST_CHECK bool blas_cholesky(size_t k, double *A);

/* b (k) = A⁻¹ · b, F (k, k) being the factor of A. Double. */
void blas_cholesky_solve(size_t k, const double *F, double *b);

/* Replace the factor of A (k, k) by A⁻¹, both halves. Double. */
void blas_cholesky_inverse(size_t k, double *F);

#endif
