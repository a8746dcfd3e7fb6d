"""FLUX.1 dev on another Space, with the same API."""

from providers.spaces.flux1_dev import BlackForestLabs_Flux1Dev


class FluxDev(BlackForestLabs_Flux1Dev):
    label = "Flux-1-Dev (roxky)"
    url = "https://roxky-flux-1-dev.hf.space"
    space = "roxky/FLUX.1-dev"
