"""A pytest plugin (`-p tests.support.no_shrink`): a failing property fails at once instead of looking for its smallest case."""

from hypothesis import HealthCheck, Phase, settings

NAME = "no_shrink"

settings.register_profile(
    NAME, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.too_slow], database=None
)
