"""Layers that Keras lacks, or that differ from its layers for generative models.

All of them have second derivatives, for gradient penalties, and work under mixed precision, XLA and
`tf.distribute`. Layer normalization is Keras' `keras.layers.GroupNormalization` with `groups=1`. An
argument out of range is a ValueError.

>>> import numpy as np
>>> from tfgan import layers
>>> layers.Maxout(units=2, pieces=5)(np.ones((4, 3))).shape
TensorShape([4, 2])
"""

from tfgan.layers.attention import DotProductAttention, ScaledResidual
from tfgan.layers.batch_normalization import BatchNormalization
from tfgan.layers.boltzmann import BoltzmannMachine, draw_units
from tfgan.layers.conditional_batch_normalization import (
    ConditionalBatchNormalization,
    ModulatedBatchNormalization,
)
from tfgan.layers.convolution_2d import Conv2D, Conv2DTranspose
from tfgan.layers.convolution_3d import Conv3D, Conv3DTranspose
from tfgan.layers.cpu_kernel_switch import cpu_kernels
from tfgan.layers.dropout import Dropout
from tfgan.layers.equalized import EqualizedConv2D, EqualizedDense, scaled_leaky_relu
from tfgan.layers.gaussian_noise import GaussianNoise
from tfgan.layers.instance_normalization import InstanceNormalization
from tfgan.layers.keras_equivalents import on_keras_layers
from tfgan.layers.layer_scale import LayerScale
from tfgan.layers.learned_constant import LearnedConstant
from tfgan.layers.log_sum_exp import LogSumExp
from tfgan.layers.masked import MaskedConv2D, MaskedDense
from tfgan.layers.maxout import Maxout
from tfgan.layers.minibatch import MinibatchStdDev, Pack, compares_rows, pack_size
from tfgan.layers.minibatch_discrimination import MinibatchDiscrimination
from tfgan.layers.modulated_convolution import ModulatedConv2D
from tfgan.layers.nested import iterate_layers
from tfgan.layers.noise_dropout import NoiseDropout
from tfgan.layers.noise_map import NoiseMap
from tfgan.layers.padding import CropLike, Cropping2D, PadToMultiple, ReflectPadding
from tfgan.layers.place_embedding import PlaceEmbedding
from tfgan.layers.pooling import GlobalSumPooling2D
from tfgan.layers.random_affine import RandomAffine
from tfgan.layers.resampling import Downsample2D, Upsample2D
from tfgan.layers.spectral_normalization import (
    SpectralNormalization,
    power_iteration,
    spectrally_normalized,
)
from tfgan.layers.styles import SecondLatent, Styles, UnitSquares
from tfgan.layers.virtual_batch_normalization import (
    DropReference,
    JoinReference,
    VirtualBatchNormalization,
    lacks_reference,
)

__all__ = [
    "BatchNormalization", "BoltzmannMachine", "ConditionalBatchNormalization", "Conv2D",
    "Conv2DTranspose", "Conv3D", "Conv3DTranspose", "CropLike", "Cropping2D", "DotProductAttention",
    "Downsample2D", "DropReference", "Dropout", "EqualizedConv2D", "EqualizedDense",
    "GaussianNoise", "GlobalSumPooling2D", "InstanceNormalization", "JoinReference",
    "LayerScale", "LearnedConstant", "LogSumExp", "MaskedConv2D", "MaskedDense", "Maxout",
    "MinibatchDiscrimination", "MinibatchStdDev", "ModulatedBatchNormalization", "ModulatedConv2D",
    "NoiseDropout", "NoiseMap", "Pack", "PadToMultiple", "PlaceEmbedding", "RandomAffine",
    "ReflectPadding", "ScaledResidual", "SecondLatent", "SpectralNormalization", "Styles",
    "UnitSquares", "Upsample2D", "VirtualBatchNormalization", "compares_rows", "cpu_kernels",
    "draw_units", "iterate_layers", "lacks_reference", "on_keras_layers", "pack_size",
    "power_iteration", "scaled_leaky_relu", "spectrally_normalized",
]  # fmt: skip
