pub struct Zone;
