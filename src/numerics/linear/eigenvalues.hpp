// Eigenvalues of small dense matrices, by Eigen, whose solvers take as long to compile as ten files of ours: they stand
// here once.
#pragma once

#include "numerics/linear/matrix.hpp"

namespace numerics {

/// Of a symmetric matrix, whose lower half is read; ascending.
Vector<double> symmetric_eigenvalues(const Matrix<double>& symmetric);

struct Eigenpair {
  double value = 0;
  Vector<double> vector;  // of length 1
};
/// The largest eigenvalue of a symmetric tridiagonal matrix: n numbers on its diagonal, n - 1 beside it.
Eigenpair largest_of_tridiagonal(const Vector<double>& diagonal, const Vector<double>& beside);

/// The largest modulus of a square matrix's eigenvalues.
double spectral_radius(const Matrix<double>& square);

}  // namespace numerics
