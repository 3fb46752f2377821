"""How facts are kept.

A command decides, an operation states, a pure reducer translates it into effects, one writer applies effects.
Operation: an immutable fact. Envelope: who, where and when. Link: its place in the desk's chain.
Effects: `Insert` a fact row once, `Put` fields at a newer version. Entry: an operation with its place in a stream.
"""
