mod contrast;
mod hostile;
mod markup;
mod page;
mod sample;
