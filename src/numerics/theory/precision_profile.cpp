// See precision_profile.hpp.
#include "numerics/theory/precision_profile.hpp"

#include "numerics/linear/norm.hpp"

namespace numerics {

template <class Scalar>
PrecisionProfile precision_profile(const Mlp<double>& network, const Matrix<double>& inputs, Labels labels) {
  const Matrix<Scalar> own_inputs =
      inputs.cast<Scalar>();  // NOLINT(performance-unnecessary-copy-initialization): a cast
  Workspace<Scalar> workspace;
  backpropagate<Scalar>(in_precision<Scalar>(network), own_inputs, labels, workspace);
  PrecisionProfile profile{{rms(own_inputs)}, {}, {static_cast<double>(own_inputs.norm())}};
  for (std::size_t l = 0; l + 1 < workspace.activations.size(); ++l) {
    profile.activations.push_back(rms(workspace.activations[l]));
    profile.own_norms.push_back(static_cast<double>(workspace.activations[l].norm()));
  }
  for (const auto& delta : workspace.error_signals) profile.error_signals.push_back(rms(delta));
  return profile;
}

template PrecisionProfile precision_profile<float>(const Mlp<double>&, const Matrix<double>&, Labels);
template PrecisionProfile precision_profile<double>(const Mlp<double>&, const Matrix<double>&, Labels);

}  // namespace numerics
