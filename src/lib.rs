//! Ratssaal: the council chamber that also exists over the network.
pub mod adapters;
pub mod app;
pub mod audit;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod play;
pub mod web;
pub mod wire;
