//! The chamber: who sees and hears whom (an SFU on the sans-IO core of the `webrtc` family).
