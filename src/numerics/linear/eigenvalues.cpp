// See eigenvalues.hpp.
#include "numerics/linear/eigenvalues.hpp"

#include <Eigen/Eigenvalues>

namespace numerics {

using Symmetric = Eigen::SelfAdjointEigenSolver<Matrix<double>>;

Vector<double> symmetric_eigenvalues(const Matrix<double>& symmetric) {
  return Symmetric(symmetric, Eigen::EigenvaluesOnly).eigenvalues();
}

Eigenpair largest_of_tridiagonal(const Vector<double>& diagonal, const Vector<double>& beside) {
  Symmetric solver;
  solver.computeFromTridiagonal(diagonal, beside);
  const Eigen::Index last = diagonal.size() - 1;
  return {solver.eigenvalues()[last], solver.eigenvectors().col(last)};
}

double spectral_radius(const Matrix<double>& square) { return square.eigenvalues().cwiseAbs().maxCoeff(); }

}  // namespace numerics
