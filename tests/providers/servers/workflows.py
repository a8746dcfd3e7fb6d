"""Workflows as ComfyUI exports them, by people who titled nothing."""

from typing import Any

Nodes = dict[str, dict[str, Any]]


def node(kind: str, title: str | None = None, /, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs, "_meta": {"title": title or kind}}


def stock() -> Nodes:
    """The editor's own default."""
    return {
        "3": node(
            "KSampler", seed=156680208700286, steps=20, cfg=8, sampler_name="euler", scheduler="normal", denoise=1,
            model=["4", 0], positive=["6", 0], negative=["7", 0], latent_image=["5", 0],
        ),
        "4": node("CheckpointLoaderSimple", "Load Checkpoint", ckpt_name="sdxl.safetensors"),
        "5": node("EmptyLatentImage", "Empty Latent Image", width=512, height=512, batch_size=1),
        "6": node("CLIPTextEncode", "CLIP Text Encode (Prompt)", text="beautiful scenery", clip=["4", 1]),
        "7": node("CLIPTextEncode", "CLIP Text Encode (Prompt)", text="text, watermark", clip=["4", 1]),
        "8": node("VAEDecode", "VAE Decode", samples=["3", 0], vae=["4", 2]),
        "9": node("SaveImage", "Save Image", filename_prefix="ComfyUI", images=["8", 0]),
    }  # fmt: skip


def sdxl() -> Nodes:
    """Base and refiner, whose encoders have two texts and whose steps are shared out."""
    size = {"width": 1024, "height": 1024, "crop_w": 0, "crop_h": 0, "target_width": 1024, "target_height": 1024}
    old, bad = {"text_g": "a castle", "text_l": "a castle"}, {"text_g": "blurry", "text_l": "blurry"}
    return {
        "1": node("CheckpointLoaderSimple", ckpt_name="base.safetensors"),
        "2": node("CheckpointLoaderSimple", ckpt_name="refiner.safetensors"),
        "3": node("CLIPTextEncodeSDXL", "Positive (base)", **size, **old, clip=["1", 1]),
        "4": node("CLIPTextEncodeSDXL", "Negative (base)", **size, **bad, clip=["1", 1]),
        "5": node("CLIPTextEncodeSDXLRefiner", ascore=6, width=1024, height=1024, text="a castle", clip=["2", 1]),
        "6": node("CLIPTextEncodeSDXLRefiner", ascore=2, width=1024, height=1024, text="blurry", clip=["2", 1]),
        "7": node("EmptyLatentImage", width=1024, height=1024, batch_size=1),
        "8": node(
            "KSamplerAdvanced", add_noise="enable", noise_seed=1, steps=25, cfg=8, start_at_step=0, end_at_step=20,
            model=["1", 0], positive=["3", 0], negative=["4", 0], latent_image=["7", 0],
        ),
        "9": node(
            "KSamplerAdvanced", add_noise="disable", noise_seed=0, steps=25, cfg=8, start_at_step=20, end_at_step=10000,
            model=["2", 0], positive=["5", 0], negative=["6", 0], latent_image=["8", 0],
        ),
        "10": node("VAEDecode", samples=["9", 0], vae=["1", 2]),
        "11": node("SaveImage", filename_prefix="x", images=["10", 0]),
    }  # fmt: skip


def flux() -> Nodes:
    """Noise, guider, sigmas and latent each in a node of its own; the size in two primitives."""
    return {
        "1": node("UNETLoader", unet_name="flux1-dev.safetensors", weight_dtype="default"),
        "2": node("DualCLIPLoader", clip_name1="t5.safetensors", clip_name2="l.safetensors", type="flux"),
        "3": node("CLIPTextEncodeFlux", clip_l="anime", t5xxl="cute anime girl", guidance=3.5, clip=["2", 0]),
        "4": node("BasicGuider", model=["5", 0], conditioning=["3", 0]),
        "5": node("ModelSamplingFlux", max_shift=1.15, base_shift=0.5, width=["6", 0], height=["7", 0], model=["1", 0]),
        "6": node("PrimitiveInt", value=1024),
        "7": node("PrimitiveInt", value=768),
        "8": node("EmptySD3LatentImage", width=["6", 0], height=["7", 0], batch_size=1),
        "9": node("RandomNoise", noise_seed=219670278747233),
        "10": node("KSamplerSelect", sampler_name="euler"),
        "11": node("BasicScheduler", scheduler="simple", steps=20, denoise=1, model=["5", 0]),
        "12": node(
            "SamplerCustomAdvanced", noise=["9", 0], guider=["4", 0], sampler=["10", 0], sigmas=["11", 0],
            latent_image=["8", 0],
        ),
        "13": node("VAEDecode", samples=["12", 0], vae=["14", 0]),
        "14": node("VAELoader", vae_name="ae.safetensors"),
        "15": node("SaveImage", filename_prefix="x", images=["13", 0]),
    }  # fmt: skip


def edit() -> Nodes:
    """An instruction editor with room for three pictures, the third of them scaled on its way."""
    pictures = {"image1": ["1", 0], "image2": ["2", 0], "image3": ["4", 0]}
    return {
        "1": node("LoadImage", "Load Image", image="a.png"),
        "2": node("LoadImage", "Load Image", image="b.png"),
        "3": node("LoadImage", "Load Image", image="c.png"),
        "4": node("ImageScale", upscale_method="area", width=1024, height=1024, crop="disabled", image=["3", 0]),
        "5": node("TextEncodeQwenImageEditPlus", prompt="make it night", clip=["9", 0], vae=["9", 1], **pictures),
        "6": node("TextEncodeQwenImageEditPlus", prompt="", clip=["9", 0], vae=["9", 1], **pictures),
        "7": node("VAEEncode", pixels=["1", 0], vae=["9", 1]),
        "8": node(
            "KSampler", seed=7, steps=20, cfg=2.5, sampler_name="euler", scheduler="simple", denoise=1, model=["9", 2],
            positive=["5", 0], negative=["6", 0], latent_image=["7", 0],
        ),
        "9": node("CheckpointLoaderSimple", ckpt_name="sdxl.safetensors"),
        "10": node("VAEDecode", samples=["8", 0], vae=["9", 1]),
        "11": node("SaveImage", filename_prefix="x", images=["10", 0]),
    }  # fmt: skip


def inpaint(*, own_node: bool = False) -> Nodes:
    """A picture whose mask says what is redrawn; `own_node`: the mask is loaded by itself."""
    nodes = stock()
    nodes["20"] = node("LoadImage", "Load Image", image="a.png")
    nodes["21"] = node("VAEEncodeForInpaint", grow_mask_by=6, pixels=["20", 0], mask=["20", 1], vae=["4", 2])
    nodes["3"]["inputs"] |= {"latent_image": ["21", 0], "denoise": 0.8}
    del nodes["5"]
    if own_node:
        nodes["22"] = node("LoadImageMask", image="mask.png", channel="alpha")
        nodes["21"]["inputs"]["mask"] = ["22", 0]
    return nodes


def animating() -> Nodes:
    """A video of a picture, by Wan."""
    return {
        "1": node("LoadImage", image="example.png"),
        "2": node("UNETLoader", unet_name="wan.safetensors"),
        "4": node("CLIPTextEncode", "Prompt", text="the wind blows", clip=["2", 0]),
        "5": node("CLIPTextEncode", "Negative", text="still", clip=["2", 0]),
        "6": node("WanImageToVideo", width=832, height=480, length=81, positive=["4", 0], negative=["5", 0],
                  vae=["2", 0], start_image=["1", 0]),
        "3": node("KSampler", seed=1, steps=4, cfg=1, sampler_name="euler", scheduler="simple", denoise=1,
                  model=["2", 0], positive=["6", 0], negative=["6", 1], latent_image=["6", 2]),
        "8": node("VAEDecode", samples=["3", 0], vae=["2", 0]),
        "9": node("CreateVideo", fps=16, images=["8", 0]),
        "7": node("SaveVideo", filename_prefix="video/fox", format="auto", codec="auto", video=["9", 0]),
    }  # fmt: skip
