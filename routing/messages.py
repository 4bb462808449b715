"""Programmes handed to OR-Tools as messages, and its answers read as messages.

The message of an answer knows an ending that the classes above it cannot read: that nothing is
better than the cut-off.
"""

import logging

from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, result_pb2
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from pybind11_abseil.status import StatusNotOk

log = logging.getLogger(__name__)


def answer(
    model: model_pb2.ModelProto, kind: mathopt.SolverType, limits: mathopt.SolveParameters
) -> result_pb2.SolveResultProto | None:
    """Return a solver's answer to a programme; None when the solver fails."""
    try:
        return solver.solve(
            model,
            kind.value,
            mathopt.StreamableSolverInitArguments().to_proto(),
            limits.to_proto(),
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )
    except StatusNotOk as failure:
        log.info("the solver failed: %s", failure)
        return None
