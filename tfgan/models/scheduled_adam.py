"""Adam whose decay rate of the second moment may follow a schedule.

>>> from tfgan import schedules
>>> adam = ScheduledAdam(1e-3, beta_2=schedules.burn_in(0.9, 0.99, kimg=1, batch_size=10))
>>> _ = adam.iterations.assign(50)
>>> round(float(adam.beta_2), 3)
0.945
"""

import keras


@keras.saving.register_keras_serializable("tfgan")
class ScheduledAdam(keras.optimizers.Adam):
    """Keras' Adam; in update t it decays by beta_2(t), and corrects the bias by beta_2(t)^(t + 1).

    Args:
      *args, beta_2, **options: those of `keras.optimizers.Adam`; `beta_2` may also be a function of
        the updates so far, such as `schedules.burn_in`.
    """

    def __init__(self, *args, beta_2=0.999, **options):
        super().__init__(*args, beta_2=beta_2, **options)

    @property
    def beta_2(self):
        """The decay rate of the next update: float, or float32 scalar tensor under a schedule."""
        return self._beta_2(self.iterations) if callable(self._beta_2) else self._beta_2

    @beta_2.setter
    def beta_2(self, value):
        self._beta_2 = value

    def get_config(self):
        scheduled = callable(self._beta_2)
        value = keras.saving.serialize_keras_object(self._beta_2) if scheduled else self._beta_2
        return {**super().get_config(), "beta_2": value}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """The optimizer of a config."""
        config = dict(config)
        if isinstance(config["beta_2"], dict):
            config["beta_2"] = keras.saving.deserialize_keras_object(
                config["beta_2"], custom_objects=custom_objects
            )
        return super().from_config(config, custom_objects)
