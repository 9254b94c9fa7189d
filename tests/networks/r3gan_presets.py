"""The table of R3GAN's networks in the paper."""

# Shape, classes, settings, parameters of the generator, of the discriminator.
PRESETS = {
    "stacked_mnist": ((32, 32, 3), None, {"width": 768}, 20_732_160, 20_683_776),
    "cifar10": ((32, 32, 3), 10, {"width": 768}, 20_781_952, 21_280_512),
    "ffhq64": ((64, 64, 3), None, {"width": 384}, 22_429_824, 22_381_440),
    "ffhq256": ((256, 256, 3), None, {"width": 96}, 23_057_952, 23_009_568),
    "imagenet32": (
        *((32, 32, 3), 1000, {"width": 1536, "max_width": 1536, "group_width": 32}),
        *(82_914_304, 86_548_992),
    ),
    "imagenet64": (
        *((64, 64, 3), 1000, {"width": 1536, "max_width": 1536, "group_width": 32}),
        *(103_570_432, 107_205_120),
    ),
}
